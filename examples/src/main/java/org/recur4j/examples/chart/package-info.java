/** Pictures of numbers, drawn without a screen. */
package org.recur4j.examples.chart;
