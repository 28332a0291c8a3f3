import type { Queryable } from '../database.ts'

/**
 * Fills the temporary table `taken`: the next customers in order while all are outdated, else marked ones. Marks are looked up
 * by arrays and never joined: where they were counted when there were none, the planner would compare each with all.
 * @returns how many.
 */
export async function takeDirty(client: Queryable, accountId: number, limit: number): Promise<number> {
  await client.query(
    `create temporary table taken on commit drop as
     select c.customer_id from customers c join accounts a using (account_id)
     where c.account_id = $1 and c.customer_id > a.outdated_after order by c.customer_id limit $2`,
    [accountId, limit],
  )
  const { rows } = await client.query<{ count: number }>(
    `with next as (select count(*) as count, max(customer_id) as last from taken),
     moved as (
       update accounts set outdated_after = case when next.count < $2 then null else next.last end
       from next where account_id = $1 and outdated_after is not null
     ),
     unmarked as (
       delete from dirty_customers where account_id = $1 and customer_id = any(array(select customer_id from taken))
     )
     select count from next`,
    [accountId, limit],
  )
  const outdated = rows[0]?.count ?? 0
  if (outdated > 0) {
    await client.query('analyze taken')
    return outdated
  }
  const marked = await client.query(
    `with gone as (
       delete from dirty_customers where ctid = any(array(
         select ctid from dirty_customers where account_id = $1 order by customer_id limit $2))
       returning customer_id
     )
     insert into taken select customer_id from gone`,
    [accountId, limit],
  )
  await client.query('analyze taken')
  return marked.rowCount ?? 0
}
