/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where other programs keep their models, and how they name them. */
#include "core/model/catalog-private.h"
#include "core/model/json-file.h"
#include "core/model/model.h"

#include <string.h>

#define MAX_MANIFEST_DEPTH 6
#define OLLAMA_LAYER "application/vnd.ollama.image.model"

static gboolean
is_set (const char *value)
{
  return value != NULL && value[0] != '\0';
}

static char *dup_env_or (const char *variable, const char *base, ...) G_GNUC_NULL_TERMINATED;

/* The folder a variable names, else base and the parts after it. */
static char *
dup_env_or (const char *variable, const char *base, ...)
{
  const char *value = variable != NULL ? g_getenv (variable) : NULL;
  if (is_set (value))
    return g_strdup (value);
  va_list args;
  va_start (args, base);
  char *path = g_build_filename_valist (base, &args);
  va_end (args);
  return path;
}

/* Later parts of a split file are opened through the first. */
static gboolean
is_later_part (const char *name)
{
  const char *of = g_strrstr (name, "-of-");
  return of != NULL && of - name >= 6 && !g_str_has_prefix (of - 6, "-00001");
}

static gboolean
is_gguf (const char *name)
{
  return g_str_has_suffix (name, ".gguf") && !is_later_part (name);
}

static char *
dup_stem (const char *name)
{
  const char *dot = strrchr (name, '.');
  return dot != NULL && dot > name ? g_strndup (name, (gsize)(dot - name)) : g_strdup (name);
}

/* Every GGUF file of a folder; names are prefix + stem.  Returns how many. */
static guint
add_gguf_files (SemCatalogScan *scan, const char *folder, const char *prefix, const char *source)
{
  g_autoptr (GPtrArray) names = sem_catalog_list_folder (folder);
  guint n = 0;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      if (!is_gguf (name))
        continue;
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *stem = dup_stem (name);
      g_autofree char *shown = g_strconcat (prefix, stem, NULL);
      sem_catalog_scan_add (scan, path, shown, source);
      n++;
    }
  return n;
}

static gboolean
has_file_with_suffix (const char *folder, const char *suffix)
{
  g_autoptr (GPtrArray) names = sem_catalog_list_folder (folder);
  for (guint i = 0; i < names->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (names, i), suffix))
      return TRUE;
  return FALSE;
}

/* A folder with safetensors is one model; one with GGUF files is as many as there are. */
static void
add_folder (SemCatalogScan *scan, const char *folder, const char *name, const char *source)
{
  g_autofree char *prefix = g_strconcat (name, "/", NULL);
  if (has_file_with_suffix (folder, ".safetensors")
      || has_file_with_suffix (folder, ".safetensors.index.json"))
    sem_catalog_scan_add (scan, folder, name, source);
  add_gguf_files (scan, folder, prefix, source);
}

/* --- Hugging Face: hub/models--ORG--NAME/{refs/main, snapshots/COMMIT/}
 * ---------------------------- */

static char *
dup_hub_folder (void)
{
  const char *home = g_getenv ("HF_HOME");
  if (is_set (g_getenv ("HF_HUB_CACHE")))
    return g_strdup (g_getenv ("HF_HUB_CACHE"));
  if (is_set (g_getenv ("HUGGINGFACE_HUB_CACHE")))
    return g_strdup (g_getenv ("HUGGINGFACE_HUB_CACHE"));
  if (is_set (home))
    return g_build_filename (home, "hub", NULL);
  return g_build_filename (g_get_user_cache_dir (), "huggingface", "hub", NULL);
}

/* The snapshot that refs/main names, else the last in the alphabet. */
static char *
dup_snapshot (const char *repository)
{
  g_autofree char *ref = g_build_filename (repository, "refs", "main", NULL), *commit = NULL;
  if (g_file_test (ref, G_FILE_TEST_IS_REGULAR) && g_file_get_contents (ref, &commit, NULL, NULL))
    {
      g_strstrip (commit);
      g_autofree char *path = g_build_filename (repository, "snapshots", commit, NULL);
      if (commit[0] != '\0' && strchr (commit, '/') == NULL && commit[0] != '.'
          && g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }
  g_autofree char *snapshots = g_build_filename (repository, "snapshots", NULL);
  g_autoptr (GPtrArray) names = sem_catalog_list_folder (snapshots);
  return names->len > 0
             ? g_build_filename (snapshots, g_ptr_array_index (names, names->len - 1), NULL)
             : NULL;
}

void
sem_catalog_scan_hugging_face (SemCatalogScan *scan)
{
  g_autofree char *hub = dup_hub_folder ();
  g_autoptr (GPtrArray) names = sem_catalog_list_folder (hub);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      if (!g_str_has_prefix (name, "models--"))
        continue;
      g_autofree char *repository = g_build_filename (hub, name, NULL);
      g_autofree char *snapshot = dup_snapshot (repository);
      g_auto (GStrv) parts = g_strsplit (name + strlen ("models--"), "--", -1);
      g_autofree char *shown = g_strjoinv ("/", parts);
      if (snapshot != NULL)
        add_folder (scan, snapshot, shown, "Hugging Face");
    }
}

/* --- Ollama: manifests/HOST/NAMESPACE/MODEL/TAG names blobs/sha256-...
 * ------------------------------ */

static char *
dup_blob (const char *root, json_t *manifest)
{
  gsize i;
  json_t *layer;
  json_array_foreach (json_object_get (manifest, "layers"), i, layer)
  {
    const char *type = sem_json_object_get_text (layer, "mediaType");
    const char *digest = sem_json_object_get_text (layer, "digest");
    if (type == NULL || digest == NULL || !g_str_equal (type, OLLAMA_LAYER)
        || !g_str_has_prefix (digest, "sha256:") || strchr (digest, '/') != NULL)
      continue;
    g_autofree char *file = g_strconcat ("sha256-", digest + strlen ("sha256:"), NULL);
    return g_build_filename (root, "blobs", file, NULL);
  }
  return NULL;
}

/* "registry.ollama.ai/library/llama3/8b" is shown as "llama3:8b". */
static char *
dup_ollama_name (const char *relative)
{
  g_auto (GStrv) parts = g_strsplit (relative, "/", -1);
  guint n = g_strv_length (parts);
  if (n < 2)
    return g_strdup (relative);
  g_autofree char *tagged = g_strdup_printf ("%s:%s", parts[n - 2], parts[n - 1]);
  if (n < 3 || g_str_equal (parts[n - 3], "library"))
    return g_steal_pointer (&tagged);
  return g_strdup_printf ("%s/%s", parts[n - 3], tagged);
}

static void
scan_manifests (SemCatalogScan *scan,
                const char *root,
                const char *folder,
                const char *relative,
                guint depth)
{
  g_autoptr (GPtrArray) names = sem_catalog_list_folder (folder);
  for (guint i = 0; i < names->len && !g_cancellable_is_cancelled (scan->cancellable); i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *inner
          = relative[0] != '\0' ? g_strconcat (relative, "/", name, NULL) : g_strdup (name);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (depth < MAX_MANIFEST_DEPTH)
            scan_manifests (scan, root, path, inner, depth + 1);
          continue;
        }
      g_autoptr (json_t) manifest = sem_json_file_load (path, NULL);
      g_autofree char *blob = manifest != NULL ? dup_blob (root, manifest) : NULL;
      g_autofree char *shown = dup_ollama_name (inner);
      if (blob != NULL)
        sem_catalog_scan_add (scan, blob, shown, "Ollama");
    }
}

void
sem_catalog_scan_ollama (SemCatalogScan *scan)
{
  g_autofree char *own = dup_env_or ("OLLAMA_MODELS", g_get_home_dir (), ".ollama", "models", NULL);
  const char *const roots[] = { own, "/usr/share/ollama/.ollama/models", "/var/lib/ollama/models" };
  for (gsize i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *manifests = g_build_filename (roots[i], "manifests", NULL);
      scan_manifests (scan, roots[i], manifests, "", 0);
    }
}

/* --- LM Studio: models/PUBLISHER/REPOSITORY/
 * -------------------------------------------------------- */

static void
scan_publishers (SemCatalogScan *scan, const char *root)
{
  g_autoptr (GPtrArray) publishers = sem_catalog_list_folder (root);
  for (guint i = 0; i < publishers->len; i++)
    {
      g_autofree char *publisher = g_build_filename (root, g_ptr_array_index (publishers, i), NULL);
      g_autoptr (GPtrArray) repositories = sem_catalog_list_folder (publisher);
      for (guint j = 0; j < repositories->len; j++)
        {
          g_autofree char *folder
              = g_build_filename (publisher, g_ptr_array_index (repositories, j), NULL);
          g_autofree char *name
              = g_strdup_printf ("%s/%s", (char *)g_ptr_array_index (publishers, i),
                                 (char *)g_ptr_array_index (repositories, j));
          add_folder (scan, folder, name, "LM Studio");
        }
    }
}

void
sem_catalog_scan_lm_studio (SemCatalogScan *scan)
{
  g_autofree char *now = g_build_filename (g_get_home_dir (), ".lmstudio", "models", NULL);
  g_autofree char *before = g_build_filename (g_get_user_cache_dir (), "lm-studio", "models", NULL);
  scan_publishers (scan, now);
  scan_publishers (scan, before);
}

/* --- llama.cpp and GPT4All: flat folders
 * ------------------------------------------------------------ */

void
sem_catalog_scan_gguf_folders (SemCatalogScan *scan)
{
  g_autofree char *llama = dup_env_or ("LLAMA_CACHE", g_get_user_cache_dir (), "llama.cpp", NULL);
  g_autofree char *gpt4all = g_build_filename (g_get_user_data_dir (), "nomic.ai", "GPT4All", NULL);
  add_gguf_files (scan, llama, "", "llama.cpp");
  add_gguf_files (scan, gpt4all, "", "GPT4All");
}

/* --- ours
 * -------------------------------------------------------------------------------------------- */

static gboolean
is_vector_file (const char *name)
{
  static const char *const suffixes[] = { ".vec", ".txt", ".bin", ".gz", ".npy", ".gguf" };
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return TRUE;
  return FALSE;
}

static void
scan_models_folder (SemCatalogScan *scan, const char *root, const char *source)
{
  g_autofree char *folder = g_build_filename (root, "semblance", "models", NULL);
  g_autoptr (GPtrArray) names = sem_catalog_list_folder (folder);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *stem = dup_stem (name);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_folder (scan, path, name, source);
      else if (is_vector_file (name))
        sem_catalog_scan_add (scan, path, stem, source);
    }
}

void
sem_catalog_scan_own (SemCatalogScan *scan)
{
  g_autofree char *builtin = sem_model_dup_builtin_path ();
  g_autofree char *name = g_path_get_basename (builtin);
  sem_catalog_scan_add (scan, builtin, name, "built in");
  scan_models_folder (scan, g_get_user_data_dir (), "your models");
  const char *const *system = g_get_system_data_dirs ();
  for (gsize i = 0; system[i] != NULL; i++)
    scan_models_folder (scan, system[i], "system");
}
