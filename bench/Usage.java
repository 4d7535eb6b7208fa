package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process and all that it has started have cost so far, as the kernel counts it.
 *
 * @param cpu seconds of processor time, user and system
 * @param memory the most that was resident at once in one process, in MB
 */
record Usage(double cpu, double memory) {

  /** On every Linux, whatever its own clock does. */
  private static final double TICKS_PER_SECOND = 100;

  private static final String MEMORY = "peak memory, MB";

  static Measures.Series memoryOf(String peer) {
    return new Measures.Series(peer, MEMORY);
  }

  void addTo(Measures measures, String peer) {
    measures.add(peer, "CPU, s", cpu);
    measures.add(peer, MEMORY, memory);
  }

  static Usage of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(each -> ofOne(Path.of("/proc", String.valueOf(each.pid()))))
        .reduce(new Usage(0, 0), Usage::and);
  }

  private Usage and(Usage other) {
    return new Usage(cpu + other.cpu, Math.max(memory, other.memory));
  }

  private static Usage ofOne(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      // after the name, which may contain anything: state, then numbers
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int field = 11; field <= 14; field++) { // own and of children that have ended
        ticks += Long.parseLong(fields[field]);
      }
      String peak =
          Files.readAllLines(process.resolve("status")).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .findFirst()
              .orElse("VmHWM: 0 kB");
      return new Usage(
          ticks / TICKS_PER_SECOND, Long.parseLong(peak.split("\\s+")[1]) * 1024 / 1e6);
    } catch (NoSuchFileException e) {
      return new Usage(0, 0); // it has ended, and its parent has been told what it cost
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
