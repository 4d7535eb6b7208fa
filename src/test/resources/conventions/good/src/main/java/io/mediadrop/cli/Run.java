package io.mediadrop.cli;

import org.apache.camel.main.Main;

class Run {
  Main main = new Main();
}
