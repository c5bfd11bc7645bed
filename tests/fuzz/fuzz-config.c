/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-config: a model folder whose config.json, modules.json, index or model card are any bytes;
 * the first byte says which. The tokenizer and the weights beside them are good. */
#include "core/model/catalog.h"
#include "core/model/model.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define HEADER "{\"wte.weight\":{\"dtype\":\"U8\",\"shape\":[2,2],\"data_offsets\":[0,4]}}"

static void
write_file (const char *folder, const char *name, const void *data, gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (!g_file_set_contents_full (path, data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    g_error ("cannot write %s", path);
}

static const char *
get_folder (void)
{
  static char *folder;
  if (folder == NULL)
    {
      static const char header[] = HEADER "\1\2\3\4";
      guint64 length = GUINT64_TO_LE ((guint64)strlen (HEADER));
      g_autoptr (GByteArray) weights = g_byte_array_new ();
      folder = g_dir_make_tmp ("semblance-fuzz-XXXXXX", NULL);
      g_byte_array_append (weights, (const guint8 *)&length, sizeof length);
      g_byte_array_append (weights, (const guint8 *)header, sizeof header - 1);
      write_file (folder, "weights.safetensors", weights->data, weights->len);
      write_file (folder, "vocab.txt", "[UNK]\nsun\n", 10);
    }
  return folder;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const names[]
      = { "config.json", "modules.json", "weights.safetensors.index.json", "README.md" };
  static const SemModelOpenOptions options = { .tokenizer_only_ok = TRUE };
  const char *folder = get_folder ();
  if (size == 0)
    return 0;
  const char *name = names[data[0] % G_N_ELEMENTS (names)];
  write_file (folder, name, data + 1, size - 1);
  SemModel *model = sem_model_open (folder, &options, NULL, NULL);
  g_clear_pointer (&model, sem_model_unref);
  sem_catalog_entry_free (sem_catalog_describe (folder, "fuzz", "test"));
  write_file (folder, name, g_str_equal (name, "README.md") ? "" : "{}",
              g_str_equal (name, "README.md") ? 0 : 2);
  return 0;
}
