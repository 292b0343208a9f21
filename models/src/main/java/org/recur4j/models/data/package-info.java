/** Examples, batches of sequences, vocabularies and labels, and readers of text. */
package org.recur4j.models.data;
