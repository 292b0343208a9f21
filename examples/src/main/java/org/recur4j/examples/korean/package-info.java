/** Aligned many-to-many: Korean as it is written, to Korean as it is spoken. */
package org.recur4j.examples.korean;
