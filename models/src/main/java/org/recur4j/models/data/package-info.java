/** Examples, batches of sequences, vocabularies and labels, and reading text with checks. */
package org.recur4j.models.data;
