/** Aligned many-to-many: where do the syllables of an English word begin, by its phonemes. */
package org.recur4j.examples.syllables;
