/** Initializers of parameters, as pure functions of the seed and the parameter's stream. */
package org.recur4j.models.initialization;
