/** The main example: is a first name female or male, by its characters. */
package org.recur4j.examples.names;
