#include "check.h"

#include "compare/quotas.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/park_quotas_XXXXXX";

static const char *file_of(const char *text)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/quotas.csv", folder);
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
    return path;
}

/* The plan's table (policy_facts, section 3): beer 5 -> 4.25 m3/kL, cloth 1.6 -> 1.36 m3 per 100 m, ethylene a value of 7.5
 * and no 2020. No class of a standard was seen. */
static void the_shipped_table_is_that_of_the_plan(void)
{
    park_arena   *arena = park_arena_new();
    park_findings findings;
    park_quotas   q;
    park_findings_init(&findings, arena);
    CHECK(park_quotas_read(NULL, arena, &findings, &q, NULL) == PARK_OK);
    CHECK(q.count == 15);
    CHECK_CLOSE(park_quotas_find(&q, "beer")->value[PARK_QUOTA_PLAN_2025], 4.25, 1e-12);
    CHECK_CLOSE(park_quotas_find(&q, "printed_cloth")->value[PARK_QUOTA_PLAN_2025], 0.0136, 1e-12);
    CHECK_CLOSE(park_quotas_find(&q, "crude_steel")->value[PARK_QUOTA_PLAN_2025], 3.15e-3, 1e-15);
    const park_quota *ethylene = park_quotas_find(&q, "ethylene");
    CHECK_CLOSE(ethylene->value[PARK_QUOTA_PLAN_2025], 7.5e-3, 1e-15);
    CHECK(ethylene->unseen[PARK_QUOTA_PLAN_2020] && isnan(ethylene->value[PARK_QUOTA_PLAN_2020]));
    for (size_t i = 0; i < q.count; i++)
        for (int k = PARK_QUOTA_GENERAL; k < PARK_QUOTA_CLASSES; k++)
            CHECK(q.item[i].unseen[k] && isnan(q.item[i].value[k]));
    CHECK(park_quotas_find(&q, "paper_planes") == NULL);
    park_arena_free(arena);
}

/* Every mistake at once, each at its cell. */
static void mistakes_are_told_at_their_cells(void)
{
    park_arena   *arena = park_arena_new();
    park_findings findings;
    park_quotas   q;
    park_findings_init(&findings, arena);
    const char *path = file_of("product,name,unit,plan_2020,plan_2025,general,advanced,leader,source,class\n"
                               "beer,啤酒,kWh,5,4.25,待核,待核,待核,s,published\n"
                               "steel,粗钢,m3/t,3.5,-1,lots,,待核,s,published\n");
    CHECK(park_quotas_read(path, arena, &findings, &q, NULL) == PARK_E_INPUT);
    CHECK(findings.errors == 3);
    CHECK(findings.items[0].code == PARK_E0811 && findings.items[0].line == 2);
    CHECK(findings.items[1].line == 3 && findings.items[2].line == 3);
    CHECK(park_quotas_read(file_of("product,unit\nbeer,m3/kL\n"), arena, &findings, &q, NULL) ==
          PARK_E_INPUT);
    CHECK(park_quotas_read("/nowhere/quotas.csv", arena, &findings, &q, NULL) == PARK_E_FILE);
    park_arena_free(arena);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        return 1;
    RUN(the_shipped_table_is_that_of_the_plan);
    RUN(mistakes_are_told_at_their_cells);
    unlink(file_of(""));
    rmdir(folder);
    return park_test_done();
}
