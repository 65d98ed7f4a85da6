#include "compare/together.h"

#include <math.h>
#include <string.h>

static const double YEAR = 31536000.0; /* 365 d [s] */

/* Share of the present's users that a run has, too: proposals add and change plants, not who uses water. */
static double common_users(const park_model *base, const park_model *other)
{
    size_t users = 0, common = 0;
    for (size_t u = 0; u < base->units; u++) {
        if (base->unit[u].role != PARK_USER)
            continue;
        int32_t same = park_model_unit(other, base->unit[u].id);
        users++;
        common += same >= 0 && other->unit[same].role == PARK_USER;
    }
    return users > 0 ? (double)common / (double)users : 1.0;
}

static void periods(const char *a, const park_model *base, const char *b, const park_model *other,
                    park_findings *findings)
{
    const park_time *x = &base->time, *y = &other->time;
    if (x->steady != y->steady || (!x->steady && (x->start != y->start || x->end != y->end)) ||
        fabs(x->year_seconds - y->year_seconds) > 1.0)
        park_finding_add(findings, PARK_E0803, PARK_ERROR, NULL,
                         "%s and %s run over different periods (%.1f and %.1f days; from %lld and %lld s)",
                         "%s 与 %s 的计算期不同（%.1f 天与 %.1f 天；起点 %lld 与 %lld 秒）", a, b,
                         x->steady ? x->year_seconds / 86400.0 : (double)(x->end - x->start) / 86400.0,
                         y->steady ? y->year_seconds / 86400.0 : (double)(y->end - y->start) / 86400.0,
                         (long long)x->start, (long long)y->start);
}

static void money(const char *a, const park_model *base, const char *b, const park_model *other,
                  park_findings *findings)
{
    const park_economics *x = &base->economics, *y = &other->economics;
    if (x->price_year != y->price_year)
        park_finding_add(findings, PARK_E0802, PARK_ERROR, NULL,
                         "%s is priced in %d, %s in %d: sums of different price years cannot be compared",
                         "%s 的价格年为 %d，%s 为 %d：不同价格年的金额不可比", a, (int)x->price_year, b,
                         (int)y->price_year);
    if (fabs(x->discount - y->discount) > 1e-12 || fabs(x->life - y->life) > 1.0)
        park_finding_add(
            findings, PARK_W0805, PARK_WARNING, NULL,
            "%s discounts at %.2f %% over %.1f years, %s at %.2f %% over %.1f: those of the first are used",
            "%s 折现率 %.2f %%、年限 %.1f 年，%s 为 %.2f %%、%.1f 年：一律按前者计算", a, 100.0 * x->discount,
            x->life / YEAR, b, 100.0 * y->discount, y->life / YEAR);
    bool power = fabs(base->tariffs.power - other->tariffs.power) > 1e-9 * fabs(base->tariffs.power);
    bool grid  = fabs(base->carbon.grid - other->carbon.grid) > 1e-9 * fabs(base->carbon.grid);
    if (power || grid)
        park_finding_add(
            findings, PARK_W0807, PARK_WARNING, NULL,
            "%s and %s differ in the price of electricity or the grid's carbon factor: part of the "
            "difference is not the proposal's",
            "%s 与 %s 的电价或电网排放因子不同：部分差额并非方案所致", a, b);
}

static void judgement(const char *a, const park_model *base, const char *b, const park_model *other,
                      park_findings *findings)
{
    if (base->accounting.intake != other->accounting.intake)
        park_finding_add(
            findings, PARK_W0804, PARK_WARNING, NULL,
            "%s counts intake on another basis than %s: both bases are printed, water saved counts on "
            "that of %s",
            "%s 的取水口径与 %s 不同：两种口径均列出，节水量按 %s 的口径计", b, a, a);
    if (base->data != other->data)
        park_finding_add(findings, PARK_W0808, PARK_WARNING, NULL,
                         "%s and %s rest on data of different classes (measured, estimated, illustrative)",
                         "%s 与 %s 的数据类别不同（实测、估算、示意）", a, b);
}

bool park_runs_together(const park_comparison_wish *wish, park_findings *findings)
{
    const park_model *base      = &wish->run[wish->present].model;
    const char       *a         = wish->name[wish->present];
    size_t            simulated = 0, planned = 0;
    for (size_t i = 0; i < wish->count; i++) {
        const park_run_record *r = &wish->run[i].record;
        const park_model      *m = &wish->run[i].model;
        const char            *b = wish->name[i];
        simulated += r->simulation != NULL && wish->run[i].simulation.ledger != NULL;
        planned += r->design != NULL && wish->run[i].design.ledger != NULL;
        if (strcmp(r->job, "run") == 0 && !r->agreed)
            park_finding_add(findings, PARK_W0806, PARK_WARNING, NULL,
                             "%s: plan and simulation did not come to agree; its report says where",
                             "%s：优化与模拟未达到一致，差异见其报告", b);
        for (size_t k = 0; k < i; k++)
            if (strcmp(wish->name[k], b) == 0)
                park_finding_add(findings, PARK_E0801, PARK_ERROR, NULL,
                                 "two runs are called %s; say NAME=RUN.h5",
                                 "有两个结果都叫 %s；请写为 名称=RUN.h5", b);
        if (i == wish->present)
            continue;
        if (common_users(base, m) < 0.5)
            park_finding_add(findings, PARK_E0801, PARK_ERROR, NULL,
                             "%s is another park than %s: it shares fewer than half of its users",
                             "%s 与 %s 不是同一园区：共有的用水单元不到一半", b, a);
        periods(a, base, b, m, findings);
        money(a, base, b, m, findings);
        judgement(a, base, b, m, findings);
    }
    bool all = simulated == wish->count;
    if (!all && planned != wish->count)
        park_finding_add(findings, PARK_E0804, PARK_ERROR, NULL,
                         "%zu of %zu runs hold a simulated year and %zu a plan: there is none that all have",
                         "共 %2$zu 个结果，其中 %1$zu 个有模拟年，%3$zu 个有优化方案：没有全部具备的一种",
                         simulated, wish->count, planned);
    else if (!all && simulated > 0)
        park_finding_add(findings, PARK_W0806, PARK_WARNING, NULL,
                         "only %zu of %zu runs are simulated: plans are compared, whose seasons hide peaks",
                         "%2$zu 个结果中仅 %1$zu 个经过模拟：按优化方案比较，季均值掩盖峰值", simulated,
                         wish->count);
    return all;
}
