/** What is decided about a drop: who takes it, whether it is sent, what became of it. */
package io.mediadrop.delivery;
