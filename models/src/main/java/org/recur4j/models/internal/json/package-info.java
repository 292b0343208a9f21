/** Strict reading of JSON documents. */
package org.recur4j.models.internal.json;
