/** Bach's chorales: which notes sound next. */
package org.recur4j.examples.chorales;
