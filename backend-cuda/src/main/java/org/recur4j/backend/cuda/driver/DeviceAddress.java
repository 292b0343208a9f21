package org.recur4j.backend.cuda.driver;

import jcuda.driver.CUdeviceptr;

/** A device pointer with an accessible address, which JCuda makes visible to subclasses only. */
public final class DeviceAddress extends CUdeviceptr {
  /** Returns the address. */
  public long address() {
    return getNativePointer() + getByteOffset();
  }
}
