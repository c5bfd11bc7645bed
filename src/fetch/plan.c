/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planning a download: the server's list of files, then the header of the one that holds the
 * embedding. */
#include "fetch/plan.h"

#include "core/error.h"
#include "fetch/tensors.h"

#include <jansson.h>
#include <string.h>

#define MAX_LISTING (32u << 20)
#define MAX_INDEX (64u << 20)
#define MAX_HEADER (100u << 20) /* as the safetensors library allows */
#define MAX_SMALL_FILE (G_GUINT64_CONSTANT (256) << 20)

/* What a tokenizer and a model page need; fetched when the server has them. */
static const char *const wanted_files[] = {
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "added_tokens.json",
  "vocab.txt",
  "vocab.json",
  "merges.txt",
  "tokenizer.model",
  "spiece.model",
  "sentencepiece.bpe.model",
  "README.md",
  "LICENSE",
};

static void
remote_file_free (SemRemoteFile *file)
{
  g_free (file->name);
  g_free (file->sha256);
  g_free (file->blob_id);
  g_free (file);
}

static void
remote_tensor_free (SemRemoteTensor *tensor)
{
  g_free (tensor->name);
  g_free (tensor);
}

void
sem_fetch_plan_free (SemFetchPlan *self)
{
  g_free (self->repo);
  g_free (self->revision);
  g_free (self->commit);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->weights_file);
  g_clear_pointer (&self->tensors, g_ptr_array_unref);
  g_clear_pointer (&self->local_header, g_bytes_unref);
  g_free (self);
}

gboolean
sem_fetch_repo_is_valid (const char *repo)
{
  gsize slashes = 0, length = strlen (repo);
  if (length == 0 || length > 200 || repo[0] == '/' || repo[length - 1] == '/')
    return FALSE;
  for (const char *p = repo; *p != '\0'; p++)
    {
      if (*p == '/')
        slashes++;
      else if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
        return FALSE;
      if (*p == '.' && (p == repo || p[-1] == '/' || p[-1] == '.'))
        return FALSE;
    }
  return slashes <= 1;
}

char *
sem_fetch_plan_dup_path (const SemFetchPlan *self, const char *file)
{
  g_autofree char *revision = g_uri_escape_string (self->commit, NULL, FALSE);
  g_autofree char *escaped = g_uri_escape_string (file, "/", FALSE);
  return g_strdup_printf ("/%s/resolve/%s/%s", self->repo, revision, escaped);
}

static json_t *
parse_json (GBytes *bytes, const char *what, GError **error)
{
  json_error_t problem;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  json_t *root = json_loadb (data, size, JSON_REJECT_DUPLICATES, &problem);
  if (root == NULL || !json_is_object (root))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "%s: not a JSON object (%s)", what,
                   root == NULL ? problem.text : "another kind of value");
      json_decref (root);
      return NULL;
    }
  return root;
}

static SemRemoteFile *
remote_file_new (json_t *sibling, const char *name)
{
  SemRemoteFile *file = g_new0 (SemRemoteFile, 1);
  json_t *size = json_object_get (sibling, "size");
  json_t *lfs = json_object_get (sibling, "lfs");
  file->name = g_strdup (name);
  file->size = json_is_integer (size) && json_integer_value (size) >= 0
                   ? (guint64)json_integer_value (size)
                   : G_MAXUINT64;
  const char *sha256 = json_string_value (json_object_get (lfs, "sha256"));
  const char *blob = json_string_value (json_object_get (sibling, "blobId"));
  file->sha256 = sha256 != NULL && strlen (sha256) == 64 ? g_ascii_strdown (sha256, -1) : NULL;
  file->blob_id = file->sha256 == NULL && blob != NULL && strlen (blob) == 40
                      ? g_ascii_strdown (blob, -1)
                      : NULL;
  return file;
}

typedef struct
{
  gboolean single, index, pickle;
} SemWeightsSeen;

/* Sorts the server's files into those we want; a name we do not know is never used, so it cannot do
 * harm. */
static void
read_siblings (SemFetchPlan *self, json_t *siblings, SemWeightsSeen *seen)
{
  size_t i;
  json_t *sibling;
  json_array_foreach (siblings, i, sibling)
  {
    const char *name = json_string_value (json_object_get (sibling, "rfilename"));
    if (name == NULL)
      continue;
    if (strcmp (name, "model.safetensors") == 0)
      seen->single = TRUE;
    else if (strcmp (name, "model.safetensors.index.json") == 0)
      seen->index = TRUE;
    else if (g_str_has_suffix (name, ".bin") || g_str_has_suffix (name, ".pt"))
      seen->pickle = TRUE;
    for (gsize w = 0; w < G_N_ELEMENTS (wanted_files); w++)
      if (strcmp (name, wanted_files[w]) == 0)
        g_ptr_array_add (self->files, remote_file_new (sibling, name));
  }
}

/* Which shard holds the embedding, from model.safetensors.index.json. */
static char *
find_shard (SemHub *hub,
            SemFetchPlan *self,
            const char *tensor,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *path = sem_fetch_plan_dup_path (self, "model.safetensors.index.json");
  g_autoptr (GBytes) bytes = sem_hub_get (hub, path, 0, 0, MAX_INDEX, cancellable, error);
  if (bytes == NULL)
    return NULL;
  json_t *root = parse_json (bytes, "model.safetensors.index.json", error);
  if (root == NULL)
    return NULL;
  json_t *map = json_object_get (root, "weight_map");
  g_autofree char *name = sem_fetch_choose_tensor (map, tensor, error);
  char *shard = NULL;
  if (name != NULL)
    {
      const char *file = json_string_value (json_object_get (map, name));
      if (file != NULL && g_str_has_suffix (file, ".safetensors") && strstr (file, "..") == NULL
          && file[0] != '/')
        shard = g_strdup (file);
      else
        g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                     "model.safetensors.index.json: weight_map of '%s' names no safetensors file "
                     "of this model",
                     name);
    }
  json_decref (root);
  return shard;
}

/* The weights' header by two small ranges: its length, then itself. */
static gboolean
read_header (SemHub *hub,
             SemFetchPlan *self,
             const char *tensor,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *path = sem_fetch_plan_dup_path (self, self->weights_file);
  SemHubBody body = { 0 };
  guint8 raw[8];
  gsize got = 0;
  if (!sem_hub_open (hub, path, 0, 8, &body, cancellable, error))
    return FALSE;
  while (got < sizeof raw)
    {
      gssize n = sem_hub_body_read (hub, &body, raw + got, sizeof raw - got, cancellable, error);
      if (n <= 0)
        break;
      got += (gsize)n;
    }
  self->weights_size = body.total;
  sem_hub_body_clear (&body);
  if (got < sizeof raw)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_TRUNCATED,
                     "%s: only %" G_GSIZE_FORMAT " of 8 bytes of its header's length",
                     self->weights_file, got);
      return FALSE;
    }
  guint64 header_size;
  memcpy (&header_size, raw, sizeof header_size);
  header_size = GUINT64_FROM_LE (header_size);
  if (header_size < 2 || header_size > MAX_HEADER
      || (self->weights_size != G_MAXUINT64 && header_size > self->weights_size - 8))
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_BAD_VALUE,
                   "%s: header length %" G_GUINT64_FORMAT
                   ", allowed are 2 to %u and no more than the file",
                   self->weights_file, header_size, MAX_HEADER);
      return FALSE;
    }
  g_autoptr (GBytes) bytes
      = sem_hub_get (hub, path, 8, header_size, MAX_HEADER, cancellable, error);
  if (bytes == NULL)
    return FALSE;
  json_t *header = parse_json (bytes, self->weights_file, error);
  if (header == NULL)
    return FALSE;
  guint64 data_size
      = self->weights_size == G_MAXUINT64 ? G_MAXUINT64 : self->weights_size - 8 - header_size;
  gboolean ok = sem_fetch_select_tensors (header, tensor, 8 + header_size, data_size, self, error);
  json_decref (header);
  if (!ok)
    g_prefix_error (error, "%s: ", self->weights_file);
  return ok;
}

static gboolean
plan_weights (SemHub *hub,
              SemFetchPlan *self,
              const SemWeightsSeen *seen,
              const char *tensor,
              GCancellable *cancellable,
              GError **error)
{
  if (seen->single)
    self->weights_file = g_strdup ("model.safetensors");
  else if (seen->index)
    {
      self->weights_file = find_shard (hub, self, tensor, cancellable, error);
      if (self->weights_file == NULL)
        return FALSE;
    }
  else if (seen->pickle)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "%s: its weights are PyTorch pickles only, which can run code and are not "
                   "opened; look for a revision "
                   "(often refs/pr/N) or a copy of the model with model.safetensors",
                   self->repo);
      return FALSE;
    }
  else
    return TRUE;
  return read_header (hub, self, tensor, cancellable, error);
}

SemFetchPlan *
sem_fetch_plan_new (SemHub *hub,
                    const char *repo,
                    const char *revision,
                    const char *tensor,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (SemFetchPlan) self = g_new0 (SemFetchPlan, 1);
  SemWeightsSeen seen = { 0 };
  self->repo = g_strdup (repo);
  self->revision = g_strdup (revision);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify)remote_file_free);
  self->tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)remote_tensor_free);

  g_autofree char *escaped = g_uri_escape_string (revision, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/api/models/%s/revision/%s?blobs=true", repo, escaped);
  g_autoptr (GBytes) listing = sem_hub_get (hub, path, 0, 0, MAX_LISTING, cancellable, error);
  if (listing == NULL)
    {
      if (g_error_matches (error != NULL ? *error : NULL, SEM_HUB_ERROR, SEM_HUB_ERROR_NOT_FOUND))
        {
          g_clear_error (error);
          g_set_error (error, SEM_HUB_ERROR, SEM_HUB_ERROR_NOT_FOUND,
                       "the server has no model '%s' with a revision '%s'", repo, revision);
        }
      return NULL;
    }
  json_t *root = parse_json (listing, "the server's list of files", error);
  if (root == NULL)
    return NULL;
  const char *commit = json_string_value (json_object_get (root, "sha"));
  self->commit = g_strdup (commit != NULL ? commit : revision);
  read_siblings (self, json_object_get (root, "siblings"), &seen);
  json_decref (root);

  if (!plan_weights (hub, self, &seen, tensor, cancellable, error))
    return NULL;
  for (guint i = 0; i < self->files->len; i++)
    {
      const SemRemoteFile *file = g_ptr_array_index (self->files, i);
      if (file->size == G_MAXUINT64)
        continue;
      if (file->size > MAX_SMALL_FILE)
        {
          g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_LIMIT,
                       "%s: %" G_GUINT64_FORMAT " bytes, allowed are %" G_GUINT64_FORMAT,
                       file->name, file->size, MAX_SMALL_FILE);
          return NULL;
        }
      self->total_bytes += file->size;
    }
  for (guint i = 0; i < self->tensors->len; i++)
    self->total_bytes += ((const SemRemoteTensor *)g_ptr_array_index (self->tensors, i))->length;
  if (self->local_header != NULL)
    self->total_bytes += g_bytes_get_size (self->local_header);
  if (self->files->len == 0 && self->tensors->len == 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_MISSING,
                   "%s: has neither a tokenizer nor safetensors weights", repo);
      return NULL;
    }
  return g_steal_pointer (&self);
}
