/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, sizes and fingerprints of models, for people. */
#include "core/model/model-private.h"

#include <string.h>

#define HASHED_DIGITS 12
#define MAX_HASHED (1 << 20)

char *
sem_model_hash (const char *name, GBytes *bytes, gsize header_size)
{
  gsize length;
  const guint8 *base = g_bytes_get_data (bytes, &length);
  guint64 size = GUINT64_TO_LE ((guint64)length);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *)name, (gssize)strlen (name) + 1);
  g_checksum_update (sum, (const guchar *)&size, sizeof size);
  g_checksum_update (sum, base, (gssize)MIN (MIN (header_size, length), MAX_HASHED));
  return g_strndup (g_checksum_get_string (sum), HASHED_DIGITS);
}

char *
sem_model_dup_display_name (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_auto (GStrv) parts = g_strsplit (absolute, G_DIR_SEPARATOR_S, -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    if (g_str_has_prefix (parts[i], "models--") && parts[i + 1] != NULL)
      {
        g_auto (GStrv) words = g_strsplit (parts[i] + strlen ("models--"), "--", -1);
        return g_strjoinv ("/", words);
      }
  return g_path_get_basename (absolute);
}

char *
sem_model_format_size (guint64 n_bytes)
{
  static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB" };
  double value = (double)n_bytes;
  gsize unit = 0;
  while (value >= 1000.0 && unit + 1 < G_N_ELEMENTS (units))
    {
      value /= 1000.0;
      unit++;
    }
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (number, sizeof number, unit == 0 ? "%.0f" : "%.1f", value);
  return g_strdup_printf ("%s %s", number, units[unit]);
}
