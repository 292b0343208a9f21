/** Time series: sliding windows, scaling, differencing and the seasonal naive baseline. */
package org.recur4j.models.series;
