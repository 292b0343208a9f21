/** Pages of figures: one file each, that any browser shows without a network. */
package org.recur4j.examples.page;
