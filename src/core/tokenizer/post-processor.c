/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading of the post-processors; what they do to one text is a plan that the encoder carries out.
 */
#include "core/tokenizer/post-processor.h"
#include "core/tokenizer/json-field.h"
#include "core/error.h"

#include <string.h>

#define MAX_STEPS 64

struct _SemPostProcessor
{
  SemPostPlan plan;
};

SemPostProcessor *
sem_post_processor_new_empty (void)
{
  SemPostProcessor *self = g_new0 (SemPostProcessor, 1);

  self->plan.before = g_array_new (FALSE, FALSE, sizeof (SemTemplateToken));
  self->plan.after = g_array_new (FALSE, FALSE, sizeof (SemTemplateToken));
  self->plan.has_text = TRUE;
  return self;
}

void
sem_post_processor_free (SemPostProcessor *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->plan.before);
  g_array_unref (self->plan.after);
  g_free (self);
}

const SemPostPlan *
sem_post_processor_get_plan (const SemPostProcessor *self)
{
  return &self->plan;
}

void
sem_post_processor_add (SemPostProcessor *self, gboolean after, guint32 id)
{
  SemTemplateToken token = { id, 0 };

  g_array_append_val (after ? self->plan.after : self->plan.before, token);
}

SemPostProcessor *
sem_post_processor_new_pair (guint32 first, guint32 last)
{
  SemPostProcessor *self = sem_post_processor_new_empty ();

  sem_post_processor_add (self, FALSE, first);
  sem_post_processor_add (self, TRUE, last);
  return self;
}

/* ["[CLS]", 101]: a piece and its id. */
static gboolean
read_pair (const json_t *node, const char *path, const char *key, guint32 *id, GError **error)
{
  const json_t *pair = json_object_get (node, key), *number = json_array_get (pair, 1);

  if (!json_is_array (pair) || json_array_size (pair) != 2
      || !json_is_string (json_array_get (pair, 0)) || !json_is_integer (number)
      || json_integer_value (number) < 0 || json_integer_value (number) > G_MAXINT32)
    return sem_json_field_bad (error, path, key, "expected [piece, id]");
  *id = (guint32)json_integer_value (number);
  return TRUE;
}

static gboolean
read_cls_sep (SemPostProcessor *self, const json_t *node, const char *path, GError **error)
{
  guint32 cls, sep;

  if (!read_pair (node, path, "cls", &cls, error) || !read_pair (node, path, "sep", &sep, error))
    return FALSE;
  sem_post_processor_add (self, FALSE, cls);
  sem_post_processor_add (self, TRUE, sep);
  return TRUE;
}

static gboolean
read_trim (SemPostProcessor *self, const json_t *node, const char *path, GError **error)
{
  gboolean trim = TRUE, prefix = TRUE;

  if (!sem_json_field_bool (node, path, "trim_offsets", &trim, error)
      || !sem_json_field_bool (node, path, "add_prefix_space", &prefix, error))
    return FALSE;
  if (trim)
    {
      self->plan.trim_offsets = TRUE;
      self->plan.add_prefix_space = prefix;
    }
  return TRUE;
}

static gboolean
add_special (SemPostProcessor *self,
             const json_t *specials,
             const char *path,
             const char *name,
             guint16 type_id,
             GArray *to,
             GError **error)
{
  json_t *ids;
  const json_t *special = json_object_get (specials, name);

  if (!json_is_object (special))
    return sem_json_field_bad (error, path, "special_tokens",
                               "has no '%.60s', which the template uses", name);
  if (!sem_json_require_array (special, path, "ids", &ids, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (ids) && i < 1000; i++)
    {
      json_int_t id = json_integer_value (json_array_get (ids, i));
      SemTemplateToken token = { (guint32)id, type_id };

      if (!json_is_integer (json_array_get (ids, i)) || id < 0 || id > G_MAXINT32)
        return sem_json_field_bad (error, path, "special_tokens", "'%.60s' has an id that is no id",
                                   name);
      g_array_append_val (to, token);
    }
  return TRUE;
}

/* One {"SpecialToken": {id, type_id}} or {"Sequence": {id, type_id}}. */
static gboolean
read_item (SemPostProcessor *self,
           const json_t *item,
           const json_t *specials,
           const char *path,
           GError **error)
{
  const json_t *special = json_object_get (item, "SpecialToken"),
               *sequence = json_object_get (item, "Sequence");
  const json_t *either = special != NULL ? special : sequence;
  const char *id;
  guint32 type_id = 0;

  if (either == NULL)
    return sem_json_field_bad (error, path, "single", "expected SpecialToken or Sequence");
  if (!sem_json_require_string (either, path, "id", &id, NULL, error)
      || !sem_json_field_uint (either, path, "type_id", G_MAXUINT16, &type_id, error))
    return FALSE;
  if (special != NULL)
    return add_special (self, specials, path, id, (guint16)type_id,
                        self->plan.has_text ? self->plan.after : self->plan.before, error);
  if (self->plan.has_text || strcmp (id, "A") != 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "%s.single: the text may stand once in a template for one text, and is called A",
                   path);
      return FALSE;
    }
  self->plan.has_text = TRUE;
  self->plan.type_id = (guint16)type_id;
  return TRUE;
}

static gboolean
read_template (SemPostProcessor *self, const json_t *node, const char *path, GError **error)
{
  json_t *single;

  if (!sem_json_require_array (node, path, "single", &single, error))
    return FALSE;
  if (json_array_size (single) > 1000)
    return sem_json_field_bad (error, path, "single", "more than 1000 items");
  self->plan.has_text = FALSE;
  for (gsize i = 0; i < json_array_size (single); i++)
    if (!read_item (self, json_array_get (single, i), json_object_get (node, "special_tokens"),
                    path, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_step (SemPostProcessor *self,
           const json_t *node,
           const char *path,
           guint depth,
           GError **error)
{
  const char *type;
  json_t *list;

  if (depth > 8)
    return sem_json_field_bad (error, path, "", "nested more than 8 deep");
  if (!sem_json_require_string (node, path, "type", &type, NULL, error))
    return FALSE;
  if (strcmp (type, "TemplateProcessing") == 0)
    return read_template (self, node, path, error);
  if (strcmp (type, "BertProcessing") == 0)
    return read_cls_sep (self, node, path, error);
  if (strcmp (type, "RobertaProcessing") == 0)
    return read_cls_sep (self, node, path, error) && read_trim (self, node, path, error);
  if (strcmp (type, "ByteLevel") == 0)
    return read_trim (self, node, path, error);
  if (strcmp (type, "Sequence") != 0)
    {
      g_set_error (error, SEM_FORMAT_ERROR, SEM_FORMAT_ERROR_UNSUPPORTED,
                   "%s.type: no post-processor is called '%.60s'", path, type);
      return FALSE;
    }
  if (!sem_json_require_array (node, path, "processors", &list, error))
    return FALSE;
  if (json_array_size (list) > MAX_STEPS)
    return sem_json_field_bad (error, path, "processors", "more than %d steps", MAX_STEPS);
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.processors[%" G_GSIZE_FORMAT "]", path, i);

      if (!read_step (self, json_array_get (list, i), where, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

SemPostProcessor *
sem_post_processor_new_from_json (const json_t *node, const char *path, GError **error)
{
  g_autoptr (SemPostProcessor) self = sem_post_processor_new_empty ();

  return read_step (self, node, path, 0, error) ? g_steal_pointer (&self) : NULL;
}
