package org.recur4j.backend.cuda.driver;

import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Numbers on a device without a backend around them, for tests of what lies below. */
public final class DeviceArrays implements AutoCloseable {
  private final Device device;
  private final List<DeviceAddress> reserved = new ArrayList<>();

  public DeviceArrays(Device device) {
    this.device = device;
  }

  /** Numbers in [−1, 1) on the host. */
  public static float[] random(RandomGenerator random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  public DeviceAddress upload(float[] values) {
    DeviceAddress target = device.blocks().reserve(4L * values.length, () -> {});
    reserved.add(target);
    PinnedMemory memory = new PinnedMemory(4 * values.length);
    memory.bytes().asFloatBuffer().put(values);
    cuMemcpyHtoDAsync(target, memory.pointer(), 4L * values.length, device.queue().main());
    device.queue().finish();
    memory.close();
    return target;
  }

  public float[] download(DeviceAddress source, int n) {
    PinnedMemory memory = new PinnedMemory(4 * n);
    cuMemcpyDtoHAsync(memory.pointer(), source, 4L * n, device.queue().main());
    device.queue().finish();
    float[] values = new float[n];
    memory.bytes().asFloatBuffer().get(values);
    memory.close();
    return values;
  }

  @Override
  public void close() {
    reserved.forEach(device.blocks()::free);
  }
}
