/** How English words are pronounced: an encoder–decoder from letters to phonemes. */
package org.recur4j.examples.pronounce;
