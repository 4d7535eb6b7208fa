package io.mediadrop.source;

import io.mediadrop.media.MediaFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/** What a user may do to a file that mediadrop is working on. */
enum Change {
  APPENDED {
    @Override
    void to(Path file) throws IOException {
      Files.write(file, new byte[1000], StandardOpenOption.APPEND);
    }
  },
  TRUNCATED {
    @Override
    void to(Path file) throws IOException {
      try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
        open.truncate(open.size() - 1000);
      }
    }
  },
  OVERWRITTEN {
    @Override
    void to(Path file) throws IOException {
      try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
        open.write(ByteBuffer.allocate(100), open.size() / 2);
      }
    }
  },
  REPLACED {
    @Override
    void to(Path file) throws IOException {
      Path other = file.resolveSibling(".replacing");
      MediaFiles.write(other, extensionOf(file), Files.size(file), 77);
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }
  },
  DELETED {
    @Override
    void to(Path file) throws IOException {
      Files.delete(file);
    }
  },
  TOUCHED {
    @Override
    void to(Path file) throws IOException {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    }
  },
  MADE_A_FOLDER {
    @Override
    void to(Path file) throws IOException {
      Files.delete(file);
      Files.createDirectory(file);
    }
  },
  RENAMED {
    @Override
    void to(Path file) throws IOException {
      Files.move(file, file.resolveSibling("other-name." + extensionOf(file)));
    }
  };

  abstract void to(Path file) throws IOException;

  /** Whether another content lies at the file's path afterwards. */
  boolean makesAnotherContent() {
    return this == APPENDED || this == TRUNCATED || this == OVERWRITTEN || this == REPLACED;
  }

  /** Whether no file lies in the folder afterwards. */
  boolean takesTheFileAway() {
    return this == DELETED || this == MADE_A_FOLDER;
  }

  private static String extensionOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
