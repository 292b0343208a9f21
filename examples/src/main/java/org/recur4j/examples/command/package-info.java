/** The commands of the command line: options, output for people and machines, exit codes. */
package org.recur4j.examples.command;
