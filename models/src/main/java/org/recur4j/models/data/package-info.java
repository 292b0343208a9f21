/** Examples: reading them with checks, labelling them, dividing them. */
package org.recur4j.models.data;
