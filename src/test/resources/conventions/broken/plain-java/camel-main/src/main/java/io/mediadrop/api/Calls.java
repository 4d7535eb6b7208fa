package io.mediadrop.api;

import org.apache.camel.main.Main;

class Calls {
  Main main;
}
