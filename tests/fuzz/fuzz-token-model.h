/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A target for one kind of model: the file's first byte chooses what stands around the model, so
 * that every fast path is taken, the rest are the members of the "model" object. */
#pragma once

#include "fuzz-tokenizer.h"

static inline SemTokenizer *
fuzz_load_model (const char *type, const FuzzInput *input)
{
  static const char *const around[] = {
    "",
    "\"normalizer\":{\"type\":\"BertNormalizer\"},\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"}"
    ",",
    "\"normalizer\":{\"type\":\"BertNormalizer\",\"lowercase\":false},"
    "\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},",
    "\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false},"
    "\"decoder\":{\"type\":\"ByteLevel\"},",
    "\"normalizer\":{\"type\":\"NFC\"},\"pre_tokenizer\":{\"type\":\"ByteLevel\"},"
    "\"post_processor\":{\"type\":\"ByteLevel\",\"trim_offsets\":true},",
    "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"WhitespaceSplit\"},"
    "{\"type\":\"Metaspace\"}]},\"decoder\":{\"type\":\"Metaspace\"},",
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Prepend\",\"prepend\":"
    "\"\342\226\201\"},"
    "{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"\342\226\201\"}]},",
    "\"normalizer\":{\"type\":\"NFKC\"},\"pre_tokenizer\":{\"type\":\"Whitespace\"},",
    "\"added_tokens\":[{\"content\":\"ab\",\"special\":false,\"normalized\":true,\"lstrip\":true},"
    "{\"content\":\"b c\",\"special\":true,\"normalized\":false,\"rstrip\":true}],"
    "\"pre_tokenizer\":{\"type\":\"Metaspace\"},",
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFKC\"},{\"type\":\"Strip\","
    "\"strip_left\":false,\"strip_right\":true},{\"type\":\"Replace\",\"pattern\":{\"Regex\":\" {2,}\"},"
    "\"content\":\"\342\226\201\"}]},\"pre_tokenizer\":{\"type\":\"Metaspace\"},",
  };
  g_autoptr (GString) json = g_string_new ("{");
  g_autoptr (GBytes) bytes = NULL;

  if (input->size == 0)
    return NULL;
  g_string_append (json, around[input->file[0] % G_N_ELEMENTS (around)]);
  g_string_append_printf (json, "\"model\":{\"type\":\"%s\",", type);
  g_string_append_len (json, (const char *)input->file + 1, (gssize)input->size - 1);
  g_string_append (json, "}}");
  bytes = g_string_free_to_bytes (g_steal_pointer (&json));
  return sem_tokenizer_new_from_json (bytes, NULL);
}
