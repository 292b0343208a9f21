/** Why a recurrent network does not learn: how gradients flow through time. */
package org.recur4j.models.diagnosis;
