/** Making up first names, character by character. */
package org.recur4j.examples.newnames;
