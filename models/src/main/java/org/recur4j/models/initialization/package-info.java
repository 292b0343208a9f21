/** Initial values of parameters: pure functions of the seed and the parameter's stream. */
package org.recur4j.models.initialization;
