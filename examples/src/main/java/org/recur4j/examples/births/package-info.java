/** Births in the United States, day by day: forecasting with a known calendar. */
package org.recur4j.examples.births;
