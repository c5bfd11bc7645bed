/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typed access to the members of a JSON object, with errors that name the path ("decoder.prefix: expected a
 * string, found a number").  Each getter: a missing member or null gives the default, and TRUE. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

gboolean sem_json_field_bool (
    const json_t *object, const char *path, const char *key, gboolean *value, GError **error);
gboolean sem_json_field_uint (const json_t *object,
                            const char *path,
                            const char *key,
                            guint32 limit,
                            guint32 *value,
                            GError **error);
/* A borrowed string, NULL when missing; *length may be NULL. */
gboolean sem_json_field_string (const json_t *object,
                              const char *path,
                              const char *key,
                              const char **value,
                              gsize *length,
                              GError **error);
/* As above, but missing is an error. */
gboolean sem_json_require_string (const json_t *object,
                               const char *path,
                               const char *key,
                               const char **value,
                               gsize *length,
                               GError **error);
gboolean sem_json_require_array (
    const json_t *object, const char *path, const char *key, json_t **value, GError **error);
/* The place of the member "type" among n names; -1 when it is missing, unknown ("no WHAT is called ..") or depth is more
 * than SEM_JSON_MAX_NESTING. */
#define SEM_JSON_MAX_NESTING 16
int sem_json_require_kind (const json_t *object,
                           const char *path,
                           guint depth,
                           const char *const *names,
                           guint n_names,
                           const char *what,
                           GError **error);
/* The steps of a Sequence: reads each element of the array `key` with read, one level deeper, and owns what it returns (NULL
 * is its error).  More than max_steps is SEM_FORMAT_ERROR_BAD_VALUE. */
typedef gpointer (*SemJsonStepFunc) (const json_t *node, const char *path, guint depth, GError **error);
GPtrArray *sem_json_require_steps (const json_t *object,
                                   const char *path,
                                   const char *key,
                                   guint max_steps,
                                   guint depth,
                                   SemJsonStepFunc read,
                                   GDestroyNotify free_step,
                                   GError **error);
/* Sets SEM_FORMAT_ERROR_BAD_VALUE "path.key: message"; returns FALSE. */
gboolean sem_json_field_bad (
    GError **error, const char *path, const char *key, const char *format, ...) G_GNUC_PRINTF (4, 5);
const char *sem_json_field_kind (const json_t *node);

G_END_DECLS
