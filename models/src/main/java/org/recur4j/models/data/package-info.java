/** Examples: reading them with checks, labeling them, dividing them. */
package org.recur4j.models.data;
