/** The lecture's blank, whose word depends on what comes after it. */
package org.recur4j.examples.blank;
