package io.mediadrop.archive;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A file system over a folder that refuses names of files in the way of one that people have. */
public final class PickyDisk extends FileSystemProvider {

  /** How names are refused, or changed without a word. */
  public enum Manner {
    /** NTFS on Linux. */
    INVALID_ARGUMENT,
    /** exFAT on Linux, some shares. */
    NO_SUCH_FILE,
    /** Java on Windows: there is not even a path of that name. */
    NO_PATH,
    /** eCryptfs: names may have 143 bytes. */
    TOO_LONG,
    /**
     * A share of Windows: dots and spaces at the end are gone, a colon makes a stream of a file.
     */
    CHANGED,
    /** An old card: letters of one code page. */
    ASCII,
    /** Full, or gone. */
    NOTHING
  }

  private final FileSystem system = new Picky();
  private final Manner manner;

  private PickyDisk(Manner manner) {
    this.manner = manner;
  }

  public static Path over(Path folder, Manner manner) {
    return new PickyDisk(manner).wrap(folder);
  }

  private String kept(Path path, String name) throws IOException {
    switch (manner) {
      case INVALID_ARGUMENT ->
          refuseIf(
              name.matches("(?s).*([\"*:<>?|\\\\\\p{Cntrl}]|[. ]$).*|CON(\\..*)?"),
              new FileSystemException(path.toString(), null, "Invalid argument"));
      case NO_SUCH_FILE ->
          refuseIf(name.matches("(?s).*[\"*:<>?|\\\\\\p{Cntrl}].*"), new NoSuchFileException(name));
      case TOO_LONG ->
          refuseIf(
              name.getBytes(StandardCharsets.UTF_8).length > 143,
              new FileSystemException(path.toString(), null, "File name too long"));
      case ASCII ->
          refuseIf(
              !name.matches("\\p{ASCII}+"),
              new FileSystemException(path.toString(), null, "Invalid or incomplete multibyte"));
      case NOTHING ->
          refuseIf(true, new FileSystemException(path.toString(), null, "No space left on device"));
      default -> {
        // taken as it is, or as something else
      }
    }
    return manner == Manner.CHANGED ? name.replaceFirst("(:.*|[. ]+)$", "") : name;
  }

  private static void refuseIf(boolean refused, FileSystemException how) throws IOException {
    if (refused) {
      throw how;
    }
  }

  private Path wrap(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            PickyDisk.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getFileSystem")) {
                return system;
              }
              if (method.getName().equals("resolve")
                  && manner == Manner.NO_PATH
                  && arguments[0].toString().contains(":")) {
                throw new InvalidPathException(arguments[0].toString(), "Illegal char <:>");
              }
              Object[] real = arguments == null ? null : arguments.clone();
              for (int i = 0; real != null && i < real.length; i++) {
                real[i] = real[i] instanceof Path other ? real(other) : real[i];
              }
              try {
                Object result = method.invoke(path, real);
                return result instanceof Path other ? wrap(other) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Path real(Path path) {
    return Path.of(path.toString());
  }

  private Path named(Path path) throws IOException {
    Path real = real(path);
    return real.resolveSibling(kept(path, real.getFileName().toString()));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return Files.newByteChannel(named(path), options, attributes);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    Files.createDirectory(real(folder), attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> files = Files.newDirectoryStream(real(folder));
    return new DirectoryStream<>() {
      @Override
      public java.util.Iterator<Path> iterator() {
        return StreamSupport.stream(files.spliterator(), false)
            .map(PickyDisk.this::wrap)
            .iterator();
      }

      @Override
      public void close() throws IOException {
        files.close();
      }
    };
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real(path).getFileSystem().provider().checkAccess(real(path), modes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Files.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return Files.readAttributes(real(path), names, options);
  }

  @Override
  public String getScheme() {
    return "picky";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return wrap(Path.of(uri));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return Files.isSameFile(real(one), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return Files.isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return Files.getFileStore(real(path));
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(real(path), type, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    Files.setAttribute(real(path), name, value, options);
  }

  private final class Picky extends FileSystem {

    private final FileSystem real = java.nio.file.FileSystems.getDefault();

    @Override
    public FileSystemProvider provider() {
      return PickyDisk.this;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return real.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
      return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      return real.getPathMatcher(pattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return real.newWatchService();
    }
  }
}
