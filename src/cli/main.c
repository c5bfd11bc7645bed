/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semblance-cli: dispatch to one file per command. */
#include <glib.h>

int
main (int argc, char **argv)
{
  g_printerr ("semblance-cli: not built yet\n");
  return 2;
}
