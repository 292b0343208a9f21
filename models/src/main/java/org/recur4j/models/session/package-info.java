/** Stateful inference, one step at a time, for one session or for many clients. */
package org.recur4j.models.session;
