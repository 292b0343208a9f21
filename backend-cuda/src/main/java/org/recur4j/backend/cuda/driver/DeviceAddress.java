package org.recur4j.backend.cuda.driver;

import jcuda.driver.CUdeviceptr;

/** A device pointer whose address is accessible; in JCuda it is visible to subclasses alone. */
public final class DeviceAddress extends CUdeviceptr {
  /** Returns the address. */
  public long address() {
    return getNativePointer() + getByteOffset();
  }
}
