package io.mediadrop.source;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.FileEndpointConfigurer;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileConfiguration;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.spi.PropertyConfigurer;

/**
 * Camel's file component, with all its options, but for one thing: it does not list the folder. The
 * files come from {@link SettledFiles}, which knows them already; of 100,000 files in a folder the
 * next hundred are found without looking at the others.
 */
public class DropFolders extends FileComponent {

  @Override
  protected GenericFileEndpoint<File> buildFileEndpoint(
      String uri, String remaining, Map<String, Object> parameters) {
    FileEndpoint folder = new Folder(uri, this);
    folder.setConfiguration(new GenericFileConfiguration());
    folder.setFile(new File(remaining));
    return folder;
  }

  @Override
  public PropertyConfigurer getEndpointPropertyConfigurer() {
    return new FileEndpointConfigurer();
  }

  private static final class Folder extends FileEndpoint {

    private Folder(String uri, DropFolders component) {
      super(uri, component);
    }

    @Override
    protected FileConsumer newFileConsumer(
        Processor processor, GenericFileOperations<File> operations) {
      return new Files(this, processor, operations);
    }
  }

  private static final class Files extends FileConsumer {

    private Files(Folder from, Processor processor, GenericFileOperations<File> operations) {
      super(from, processor, operations, from.getProcessStrategy());
    }

    @Override
    protected boolean pollDirectory(
        Exchange dynamic, String folder, List<GenericFile<File>> files, int depth) {
      for (Path file : ((SettledFiles) getPollStrategy()).chosen()) {
        files.add(asGenericFile(folder, file.toFile(), null, false));
      }
      return true;
    }
  }
}
