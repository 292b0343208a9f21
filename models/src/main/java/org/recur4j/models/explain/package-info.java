/** Networks explained: pictures of what they are, and their equations with the actual numbers. */
package org.recur4j.models.explain;
