/** Text as numbers. */
package org.recur4j.models.text;
