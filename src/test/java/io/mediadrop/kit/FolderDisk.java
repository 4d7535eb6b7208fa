package io.mediadrop.kit;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * A folder of this machine as if it were a disk of its own. Its paths are those of the folder, seen
 * through it; a test's disk does some things in another way.
 */
public abstract class FolderDisk extends FileSystemProvider {

  private final FileSystemProvider real;
  private final FileSystem files;

  protected FolderDisk(FileSystem real) {
    this.real = real.provider();
    files = new Seen(real);
  }

  /** Called before a name is appended to one of its paths. */
  protected void resolving(String name) {
    // a path may have any name
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    real.createLink(under(link), under(existing));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    real.move(under(source), under(target), options);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    real.copy(under(source), under(target), options);
  }

  @Override
  public void delete(Path path) throws IOException {
    real.delete(under(path));
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    return real.deleteIfExists(under(path));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return real.newByteChannel(under(path), options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return real.newFileChannel(under(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return real.newDirectoryStream(under(folder), path -> filter.accept(seen(path)));
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    real.createDirectory(under(folder), attributes);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return real.isSameFile(under(one), under(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(under(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(under(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(under(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(under(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(under(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return real.readAttributes(under(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    real.setAttribute(under(path), name, value, options);
  }

  @Override
  public String getScheme() {
    return "folder";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    return seen(Path.of(uri));
  }

  protected final Path seen(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(), new Class<?>[] {Path.class}, new SeenPath(path));
  }

  protected static Path under(Path path) {
    if (Proxy.isProxyClass(path.getClass())
        && Proxy.getInvocationHandler(path) instanceof SeenPath seen) {
      return seen.path;
    }
    throw new ProviderMismatchException();
  }

  private final class SeenPath implements InvocationHandler {

    private final Path path;

    SeenPath(Path path) {
      this.path = path;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("getFileSystem")) {
        return files;
      } else if (method.getName().equals("resolve")) {
        resolving(arguments[0].toString());
      }
      try {
        Object result = method.invoke(path, real(arguments));
        return result instanceof Path answer ? seen(answer) : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private Object[] real(Object[] arguments) {
      return arguments == null
          ? null
          : Arrays.stream(arguments).map(FolderDisk::realArgument).toArray();
    }
  }

  private static Object realArgument(Object argument) {
    return argument != null
            && Proxy.isProxyClass(argument.getClass())
            && Proxy.getInvocationHandler(argument) instanceof SeenPath seen
        ? seen.path
        : argument;
  }

  private final class Seen extends FileSystem {

    private final FileSystem under;

    Seen(FileSystem under) {
      this.under = under;
    }

    @Override
    public FileSystemProvider provider() {
      return FolderDisk.this;
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
      return under.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return under.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return under.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return under.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return seen(under.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      return under.getPathMatcher(pattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return under.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return under.newWatchService();
    }
  }
}
