import { graphql } from '../gql/enterprise'
import { plainGraph } from '../shared/graph'
import type { SearchSource } from '../shared/searchSources'

const query = graphql(`
  query EnterpriseSearch($search: String!) {
    enterprises(search: $search, first: 6) {
      nodes {
        id
        name
        uscc
        divisionName
      }
    }
  }
`)

export default {
  heading: 'enterprise.list',
  find: async (text) => {
    const { data } = await plainGraph.query(query, { search: text }).toPromise()
    return (data?.enterprises.nodes ?? []).map((one) => ({
      key: one.id,
      title: one.name,
      detail: [one.divisionName, one.uscc].filter(Boolean).join(' · '),
      to: `/enterprises/${one.id}`,
    }))
  },
} satisfies SearchSource
