/** Reading JSON documents with checks of every number, text and member. */
package org.recur4j.models.internal.json;
