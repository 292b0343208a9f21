/**
 * The conformance kit: what every backend must pass. A backend's test extends {@link
 * org.recur4j.conformance.BackendContract} and names its provider and what it promises to run
 * fused; everything else is generated here.
 */
package org.recur4j.conformance;
