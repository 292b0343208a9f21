package org.recur4j.backend.cuda.driver;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetAttribute;
import static jcuda.driver.JCudaDriver.cuDeviceGetCount;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuDeviceTotalMem;
import static jcuda.driver.JCudaDriver.cuDriverGetVersion;
import static jcuda.driver.JCudaDriver.cuInit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import org.recur4j.api.backend.Availability.Unavailable;

/**
 * The properties of a device that are available without creating a context.
 *
 * @param index index of the device
 * @param name vendor's name of the device
 * @param bytes size of its memory
 * @param major major version of its compute capability
 * @param minor minor version of its compute capability
 * @param multiprocessors number of multiprocessors
 * @param sharedBytes maximum shared memory of a block that opts in
 * @param driver newest CUDA version that the driver supports, as 1000 · major + 10 · minor
 */
public record DeviceFacts(
    int index,
    String name,
    long bytes,
    int major,
    int minor,
    int multiprocessors,
    int sharedBytes,
    int driver) {
  /** JCuda 12.6 was built against CUDA 12.0. */
  private static final int LEAST_DRIVER = 12_000;

  /** The oldest compute capability that the kernels are compiled for. */
  private static final int LEAST_CAPABILITY = 75;

  private static final int NAME_BYTES = 256;
  private static final String OTHERWISE = ", or use the backend ejml";

  /** The properties of a usable device, or the reason why there is none. */
  public record Finding(DeviceFacts facts, Unavailable obstacle) {}

  /** Returns the first usable device. */
  public static Finding first() {
    return find(-1);
  }

  /**
   * Examines one device.
   *
   * @param wanted index of the device, or −1 for the first usable one
   */
  public static Finding find(int wanted) {
    Unavailable missing = DriverLibrary.load();
    if (missing != null) {
      return refuse(missing.reason(), missing.remedy());
    }
    int code = cuInit(0);
    int[] count = new int[1];
    if (code == CUresult.CUDA_SUCCESS) {
      code = cuDeviceGetCount(count);
    }
    if (code == CUresult.CUDA_ERROR_NO_DEVICE || (code == 0 && count[0] == 0)) {
      return refuse(
          "the NVIDIA driver is installed but finds no device",
          "check nvidia-smi and CUDA_VISIBLE_DEVICES" + OTHERWISE);
    }
    if (code != CUresult.CUDA_SUCCESS) {
      return refuse(
          "the NVIDIA driver cannot be initialized: " + CudaFailure.describe(code),
          "check nvidia-smi; a driver that was just updated needs a restart" + OTHERWISE);
    }
    int[] driver = new int[1];
    code = cuDriverGetVersion(driver);
    if (code != CUresult.CUDA_SUCCESS || driver[0] < LEAST_DRIVER) {
      return refuse(
          "the NVIDIA driver is too old: it supports CUDA " + version(driver[0]),
          "install driver 525 or newer, which supports CUDA " + version(LEAST_DRIVER));
    }
    if (wanted >= count[0]) {
      return refuse(
          "there is no device " + wanted + ": the driver finds " + count[0],
          "choose an index below " + count[0]);
    }
    return wanted < 0 ? firstUsable(count[0], driver[0]) : examine(wanted, driver[0]);
  }

  private static Finding firstUsable(int count, int driver) {
    Finding first = examine(0, driver);
    for (int index = 1; index < count && first.facts() == null; index++) {
      Finding next = examine(index, driver);
      if (next.facts() != null) {
        return next;
      }
    }
    return first;
  }

  private static Finding examine(int index, int driver) {
    CUdevice device = new CUdevice();
    byte[] name = new byte[NAME_BYTES];
    long[] bytes = new long[1];
    int code = cuDeviceGet(device, index);
    code = code != 0 ? code : cuDeviceGetName(name, name.length, device);
    code = code != 0 ? code : cuDeviceTotalMem(bytes, device);
    if (code != 0) {
      return refuse(
          "device " + index + " does not respond: " + CudaFailure.describe(code),
          "check nvidia-smi" + OTHERWISE);
    }
    DeviceFacts facts =
        new DeviceFacts(
            index,
            text(name),
            bytes[0],
            attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device),
            attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device),
            attribute(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device),
            attribute(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN, device),
            driver);
    if (facts.capability() < LEAST_CAPABILITY) {
      return refuse(
          "the device is too old: "
              + facts.name()
              + " has compute capability "
              + facts.major()
              + "."
              + facts.minor(),
          "use a device of compute capability 7.5 (Turing, 2018) or newer" + OTHERWISE);
    }
    return new Finding(facts, null);
  }

  private static String text(byte[] zeroTerminated) {
    int end = 0;
    while (end < zeroTerminated.length && zeroTerminated[end] != 0) {
      end++;
    }
    return new String(zeroTerminated, 0, end, StandardCharsets.UTF_8);
  }

  private static int attribute(int which, CUdevice device) {
    int[] value = new int[1];
    return cuDeviceGetAttribute(value, which, device) == 0 ? value[0] : 0;
  }

  private static Finding refuse(String reason, String remedy) {
    return new Finding(null, new Unavailable(reason, remedy));
  }

  /** Returns 10 · major + minor. */
  int capability() {
    return 10 * major + minor;
  }

  /** Returns the target whose compiled kernels this device runs. */
  public String target() {
    return capability() >= 90 ? "sm90" : capability() >= 80 ? "sm80" : "sm75";
  }

  /** Returns a description with name, memory, compute capability and driver. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s, %.1f GiB, compute capability %d.%d, driver for CUDA %s",
        name,
        bytes / (double) (1L << 30),
        major,
        minor,
        version(driver));
  }

  private static String version(int number) {
    return number / 1000 + "." + number % 1000 / 10;
  }
}
