/* Work on all parts at once: relaxations, bounds of factors, trees; Eq. (T32)-(T34) of docs/math/tree.md. */
#include "design/split.h"

#include "design/errand.h"
#include "design/obbt.h"
#include "design/outward.h"

#include <string.h>

enum { ROUNDS = 30, PASSES = 3, VISITS = 10 };

static bool over(const park_split_end *end)
{
    return park_cancel_why(end->cancel) != 0 || park_clock_seconds() >= end->deadline;
}

static bool ask(void *user)
{
    return over(user);
}

static park_status all_parts(park_split *blocks, const park_shift *shift)
{
    park_arena *own    = park_arena_new();
    park_part **part   = PARK_ARRAY(own, blocks->parts, park_part *);
    park_status status = PARK_E_MEMORY;
    if (part != NULL) {
        for (size_t b = 0; b < blocks->parts; b++)
            part[b] = &blocks->part[b];
        status = park_errand_parts(part, blocks->parts, shift);
    }
    park_arena_free(own);
    return status;
}

void park_split_take_box(park_split *blocks, const park_box *box)
{
    for (size_t b = 0; b < blocks->parts; b++) {
        park_part *part = &blocks->part[b];
        for (size_t k = 0; k < part->program.cols; k++)
            part->program.col_lo[k] = box->lo[part->col[k]], part->program.col_hi[k] = box->hi[part->col[k]];
    }
}

static void end_lp(const park_shift *s, park_lp *lp)
{
    park_lp_set_deadline(lp, s->end->deadline);
    park_lp_set_cancel(lp, s->end->cancel);
}

/* ---- relaxations ------------------------------------------------------------------------------------------- */

static void relax_part(const park_shift *s, park_part *part, park_arena *own)
{
    park_relax r   = {0};
    park_box   box = {part->program.col_lo, part->program.col_hi};
    part->bound    = -INFINITY;
    part->has_x    = false;
    part->status   = park_relax_make(&r, &part->program, own);
    if (part->status == PARK_OK) {
        end_lp(s, r.lp);
        part->status = park_relax_load(&r, &box, NULL);
    }
    if (part->status == PARK_OK) {
        park_relax_status how = park_relax_solve(&r, INFINITY, ROUNDS, &part->bound);
        part->empty           = part->empty || how == PARK_RELAX_EMPTY;
        part->has_x           = how == PARK_RELAX_SOLVED;
        if (part->has_x)
            memcpy(part->x, park_relax_point(&r), part->program.cols * sizeof *part->x);
    }
    part->lps += r.solves, part->work += r.work;
    park_relax_free(&r);
}

park_status park_split_relax(park_split *blocks, const park_split_end *end)
{
    return all_parts(blocks, &(park_shift){.task = PARK_PART_RELAX, .end = end});
}

/* ---- bounds of factors ------------------------------------------------------------------------------------- */

static park_status tighten_own(const park_shift *s, park_part *part, park_obbt *obbt, park_arena *own)
{
    park_program *p   = &part->program;
    park_box      box = {p->col_lo, p->col_hi};
    park_links    links;
    park_tighten  tighten;
    PARK_TRY(park_links_make(&links, p, own));
    PARK_TRY(park_tighten_make(&tighten, &links, own));
    if (!park_tighten_box(&tighten, &box, part->cutoff, NULL, 0, VISITS)) {
        part->empty = true;
        return PARK_OK;
    }
    PARK_TRY(park_obbt_make(obbt, p, &tighten, own));
    park_obbt_end_with(obbt, s->end->deadline, s->end->cancel);
    bool           empty = false;
    park_split_end end   = *s->end;
    PARK_TRY(park_obbt_run(obbt, &box, part->cutoff, PASSES, s->end->work, ask, &end, &empty));
    part->empty = part->empty || empty;
    return PARK_OK;
}

static void tighten_part(const park_shift *s, park_part *part, park_arena *own)
{
    park_obbt obbt = {0};
    part->status   = tighten_own(s, part, &obbt, own);
    part->lps += park_obbt_solves(&obbt), part->work += park_obbt_work(&obbt);
    park_obbt_free(&obbt);
}

/* What a part learned of its columns, for all who hold them. False: two parts contradict each other. */
static bool give_box(const park_part *part, park_box *box)
{
    for (size_t k = 0; k < part->program.cols; k++) {
        int32_t j  = part->col[k];
        box->lo[j] = fmax(box->lo[j], part->program.col_lo[k]);
        box->hi[j] = fmin(box->hi[j], part->program.col_hi[k]);
        if (box->lo[j] > box->hi[j]) {
            if (box->lo[j] - box->hi[j] > 1e-9 * fmax(1.0, fabs(box->lo[j])))
                return false;
            box->lo[j] = box->hi[j];
        }
    }
    return true;
}

park_status park_split_tighten(park_split *blocks, const park_split_end *end, park_box *box, bool *empty)
{
    PARK_TRY(all_parts(blocks, &(park_shift){.task = PARK_PART_TIGHTEN, .end = end}));
    for (size_t b = 0; b < blocks->parts && !*empty; b++)
        *empty = blocks->part[b].empty || !give_box(&blocks->part[b], box);
    return PARK_OK;
}

/* ---- trees ------------------------------------------------------------------------------------------------- */

static void tree_part(const park_shift *s, park_part *part, park_arena *own)
{
    park_tree_settings settings;
    park_tree_result   result;
    park_tree_settings_default(&settings);
    double size          = part->bound > -INFINITY ? fabs(part->bound) : 1.0;
    settings.gap         = fmin(fmax(s->tolerance / fmax(size, 1e-9), 1e-7), 0.5);
    settings.time_limit  = fmax(s->end->deadline - park_clock_seconds(), 0.0);
    settings.work_limit  = s->end->work;
    settings.cancel      = s->end->cancel;
    settings.seed        = s->seed;
    settings.cutoff      = part->cutoff;
    settings.known_bound = part->bound;
    settings.blocks      = PARK_BLOCKS_NEVER;
    settings.start       = part->known ? part->x : NULL;
    part->has_x          = false;
    part->status         = park_tree_solve(&part->program, &settings, own, &result, NULL);
    if (part->status != PARK_OK)
        return;
    part->bound = fmax(part->bound, result.bound);
    part->empty = part->empty || result.status == PARK_TREE_CUTOFF || result.status == PARK_TREE_INFEASIBLE;
    part->has_x = result.x != NULL;
    if (result.x != NULL)
        memcpy(part->x, result.x, part->program.cols * sizeof *part->x);
    part->lps += result.lps, part->work += result.work, part->nodes += result.nodes;
}

/* ---- a better point ------------------------------------------------------------------------------------------ */

static void improve_part(const park_shift *s, park_part *part, park_arena *own)
{
    park_tree_settings settings;
    park_tree_result   result;
    park_tree_settings_default(&settings);
    settings.gap = s->tolerance, settings.seed = s->seed, settings.start = part->x;
    settings.time_limit = fmax(s->end->deadline - park_clock_seconds(), 0.0);
    settings.work_limit = s->end->work, settings.cancel = s->end->cancel;
    settings.blocks = PARK_BLOCKS_NEVER;
    part->status    = park_tree_solve(&part->program, &settings, own, &result, NULL);
    part->has_x     = part->status == PARK_OK && result.x != NULL;
    if (part->status != PARK_OK)
        return;
    part->lps += result.lps, part->work += result.work;
    if (part->has_x)
        memcpy(part->x, result.x, part->program.cols * sizeof *part->x);
}

void park_part_work(park_part *part, const park_shift *shift)
{
    static void (*const DO[])(const park_shift *s, park_part *part, park_arena *own) = {
        [PARK_PART_RELAX]   = relax_part,
        [PARK_PART_TIGHTEN] = tighten_part,
        [PARK_PART_TREE]    = tree_part,
        [PARK_PART_IMPROVE] = improve_part,
    };
    park_arena *own    = park_arena_new();
    uint64_t    before = part->work;
    part->status       = own != NULL ? PARK_OK : PARK_E_MEMORY;
    if (own != NULL)
        DO[shift->task](shift, part, own);
    part->took = part->work - before;
    park_arena_free(own);
}

park_status park_split_trees(park_split *blocks, const park_split_end *end, double tolerance, uint64_t seed,
                             const double *x)
{
    for (size_t b = 0; b < blocks->parts; b++) {
        park_part *part = &blocks->part[b];
        part->known     = x != NULL;
        for (size_t k = 0; part->known && k < part->program.cols; k++)
            part->x[k] = x[part->col[k]];
    }
    return all_parts(blocks,
                     &(park_shift){.task = PARK_PART_TREE, .end = end, .tolerance = tolerance, .seed = seed});
}
