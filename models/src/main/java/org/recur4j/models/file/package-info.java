/** Writing files atomically and reading them with checks. */
package org.recur4j.models.file;
