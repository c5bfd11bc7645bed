/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loop against the plain one and against finite differences; a seed gives the same bits.
 */
#include "core/error.h"
#include "core/train/skipgram-kernel.h"
#include "core/train/skipgram.h"

#include <math.h>
#include <string.h>

#define DIM 40 /* four lanes of eight and a rest */
#define MAX_ROWS 40

typedef struct
{
  float *values; /* inputs, then outputs */
  float *inputs[MAX_ROWS], *outputs[MAX_ROWS];
  float *scratch;
  gsize n_inputs, n_outputs;
} Window;

static void
window_init (Window *self, gsize n_inputs, gsize n_outputs, guint64 seed)
{
  SemRng rng = { seed };

  self->n_inputs = n_inputs;
  self->n_outputs = n_outputs;
  self->values = g_aligned_alloc ((n_inputs + n_outputs) * DIM, sizeof (float), 64);
  self->scratch = g_aligned_alloc (MAX_ROWS * DIM, sizeof (float), 64);
  for (gsize i = 0; i < (n_inputs + n_outputs) * DIM; i++)
    self->values[i] = (float)(sem_rng_uniform (&rng) - 0.5);
  for (gsize i = 0; i < n_inputs; i++)
    self->inputs[i] = self->values + i * DIM;
  for (gsize i = 0; i < n_outputs; i++)
    self->outputs[i] = self->values + (n_inputs + i) * DIM;
}

static void
window_clear (Window *self)
{
  g_aligned_free (self->values);
  g_aligned_free (self->scratch);
}

static double
largest_difference (const float *a, const float *b, gsize n)
{
  double largest = 0.0;

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs ((double)a[i] - (double)b[i]));
  return largest;
}

static void
test_kernel_equals_plain (void)
{
  static const gsize SHAPES[][2]
      = { { 1, 1 }, { 1, 9 }, { 2, 4 }, { 3, 5 }, { 7, 8 }, { 12, 9 }, { 16, 31 } };

  for (gsize i = 0; i < G_N_ELEMENTS (SHAPES); i++)
    {
      Window tuned, plain;
      gsize n_values = (SHAPES[i][0] + SHAPES[i][1]) * DIM;

      window_init (&tuned, SHAPES[i][0], SHAPES[i][1], 7 + i);
      window_init (&plain, SHAPES[i][0], SHAPES[i][1], 7 + i);
      sem_skip_gram_step (tuned.inputs, tuned.n_inputs, tuned.outputs, tuned.n_outputs, DIM, 0.05f,
                          tuned.scratch);
      g_assert_cmpfloat (largest_difference (tuned.values, plain.values, n_values), >, 1e-4);
      sem_skip_gram_step_plain (plain.inputs, plain.n_inputs, plain.outputs, plain.n_outputs, DIM,
                                0.05f, plain.scratch);
      /* The table of the logistic function has steps of 1/64: half a step times 1/4 times the rate,
       * summed over rows. */
      g_assert_cmpfloat (largest_difference (tuned.values, plain.values, n_values), <, 1.5e-3);
      window_clear (&tuned);
      window_clear (&plain);
    }
}

/* The step of the plain kernel over its rate, as a gradient, against central differences of the
 * objective. */
static double
largest_gradient_error (Window *window, double factor)
{
  const float rate = 1e-2f;
  gsize n_values = (window->n_inputs + window->n_outputs) * DIM;
  g_autofree float *before = g_memdup2 (window->values, n_values * sizeof (float));
  g_autofree float *after = NULL;
  double largest = 0.0;

  sem_skip_gram_step_plain (window->inputs, window->n_inputs, window->outputs, window->n_outputs,
                            DIM, rate, window->scratch);
  after = g_memdup2 (window->values, n_values * sizeof (float));
  memcpy (window->values, before, n_values * sizeof (float));
  for (gsize i = 0; i < n_values; i++)
    {
      double gradient = factor * ((double)after[i] - (double)before[i]) / (double)rate;
      double up, down;

      window->values[i] = before[i] + 1e-2f;
      up = sem_skip_gram_objective (window->inputs, window->n_inputs, window->outputs,
                                    window->n_outputs, DIM);
      window->values[i] = before[i] - 1e-2f;
      down = sem_skip_gram_objective (window->inputs, window->n_inputs, window->outputs,
                                      window->n_outputs, DIM);
      window->values[i] = before[i];
      largest = MAX (largest, fabs (gradient - (up - down) / 2e-2));
    }
  return largest;
}

static void
test_gradient (void)
{
  Window window;

  window_init (&window, 5, 7, 3);
  g_assert_cmpfloat (largest_gradient_error (&window, 1.0), <, 1e-3);
  /* The oracle can fail: one per cent more gradient is seen. */
  g_assert_cmpfloat (largest_gradient_error (&window, 1.01), >, 2e-3);
  window_clear (&window);
}

static void
test_objective_rises (void)
{
  Window window;
  double before, after;

  window_init (&window, 6, 9, 11);
  before = sem_skip_gram_objective (window.inputs, 6, window.outputs, 9, DIM);
  for (int i = 0; i < 50; i++)
    sem_skip_gram_step (window.inputs, 6, window.outputs, 9, DIM, 0.05f, window.scratch);
  after = sem_skip_gram_objective (window.inputs, 6, window.outputs, 9, DIM);
  g_assert_cmpfloat (after, >, before + 1.0);
  g_assert_cmpfloat (after, <, 0.0);
  window_clear (&window);
}

static SemSkipGram *
train_toy (guint64 seed)
{
  static const guint32 STREAM[] = { 0, 1, 2, 0, 1, 2, 1, 0, SEM_STREAM_END_OF_LINE,
                                    3, 4, 5, 4, 3, 5, 3, 4, SEM_STREAM_END_OF_LINE };
  static const guint64 COUNTS[] = { 300, 300, 200, 300, 300, 200 };
  SemSkipGramOptions options = SEM_SKIP_GRAM_OPTIONS_INIT;
  SemSkipGram *self;
  SemRng rng = { seed };

  options.dim = 16;
  options.sample = 0.0;
  options.negatives = 3;
  options.window = 2;
  options.seed = seed;
  self = sem_skip_gram_new (COUNTS, 6, &options, NULL);
  g_assert_nonnull (self);
  for (int i = 0; i < 400; i++)
    sem_skip_gram_run (self, STREAM, G_N_ELEMENTS (STREAM), i / 400.0, &rng);
  return self;
}

static double
get_cosine (SemSkipGram *self, gsize a, gsize b)
{
  const float *x = sem_skip_gram_get_vectors (self) + a * 16,
              *y = sem_skip_gram_get_vectors (self) + b * 16;
  double xy = 0.0, xx = 0.0, yy = 0.0;

  for (gsize c = 0; c < 16; c++)
    {
      xy += (double)x[c] * (double)y[c];
      xx += (double)x[c] * (double)x[c];
      yy += (double)y[c] * (double)y[c];
    }
  return xy / sqrt (xx * yy);
}

static void
test_learns_and_repeats (void)
{
  g_autoptr (SemSkipGram) first = train_toy (5);
  g_autoptr (SemSkipGram) again = train_toy (5);
  g_autoptr (SemSkipGram) other = train_toy (6);
  gsize size = 6 * 16 * sizeof (float);

  g_assert_cmpfloat (get_cosine (first, 0, 1), >, 0.2);
  g_assert_cmpfloat (get_cosine (first, 3, 4), >, 0.2);
  g_assert_cmpfloat (get_cosine (first, 0, 3), <, 0.1);
  g_assert_cmpmem (sem_skip_gram_get_vectors (first), size, sem_skip_gram_get_vectors (again),
                   size);
  g_assert_cmpmem (sem_skip_gram_get_contexts (first), size, sem_skip_gram_get_contexts (again),
                   size);
  g_assert_cmpint (
      memcmp (sem_skip_gram_get_vectors (first), sem_skip_gram_get_vectors (other), size), !=, 0);
}

static void
test_refuses_options (void)
{
  SemSkipGramOptions options = SEM_SKIP_GRAM_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (sem_skip_gram_check_options (&options, NULL));
  options.dim = 100;
  g_assert_false (sem_skip_gram_check_options (&options, &error));
  g_assert_error (error, SEM_NUMERIC_ERROR, SEM_NUMERIC_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "100"));
  options.dim = 96;
  options.window = 33;
  g_assert_false (sem_skip_gram_check_options (&options, NULL));
  options.window = 5;
  options.negatives = 64;
  g_assert_false (sem_skip_gram_check_options (&options, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/skipgram/kernel-equals-plain", test_kernel_equals_plain);
  g_test_add_func ("/skipgram/gradient", test_gradient);
  g_test_add_func ("/skipgram/objective-rises", test_objective_rises);
  g_test_add_func ("/skipgram/learns-and-repeats", test_learns_and_repeats);
  g_test_add_func ("/skipgram/refuses-options", test_refuses_options);
  return g_test_run ();
}
