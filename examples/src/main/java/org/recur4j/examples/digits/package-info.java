/** One-to-one and many-to-one side by side: handwritten digits of eight rows of eight pixels. */
package org.recur4j.examples.digits;
