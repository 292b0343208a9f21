/** Networks that read sequences step by step and carry their state. */
package org.recur4j.models.session;
