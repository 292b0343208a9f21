/** Tests of the committed PTX files. */
package org.recur4j.backend.cuda.ptx;
