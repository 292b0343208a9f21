/** Strict reading of the documents in a file: every number, text and member is checked. */
package org.recur4j.models.json;
