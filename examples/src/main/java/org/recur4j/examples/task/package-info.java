/**
 * What every example is to the command line and the report: a task that trains, asks, generates.
 */
package org.recur4j.examples.task;
